; The command `hopscope`: a small file in the folder that Windows has on every account's PATH for such, instead of a
; change of PATH, which an installer can cut off when it is long.
!macro customInstall
  CreateDirectory "$LOCALAPPDATA\Microsoft\WindowsApps"
  FileOpen $0 "$LOCALAPPDATA\Microsoft\WindowsApps\hopscope.cmd" w
  FileWrite $0 '@"$INSTDIR\resources\command\hopscope.cmd" %*$\r$\n'
  FileClose $0
!macroend

!macro customUnInstall
  Delete "$LOCALAPPDATA\Microsoft\WindowsApps\hopscope.cmd"
!macroend
