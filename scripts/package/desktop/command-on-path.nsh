; The command `hopscope`: a small file in the folder that Windows has on an account's PATH for such, instead of a change
; of PATH, which an installer can cut off when it is long. There is no such folder for all accounts, so an installation
; for all of them puts no command on the PATH.
;
; An installer writes in the code page of Windows, and cmd reads in that of the console, so a name with an umlaut may not
; stand in the file: what lies below the account's own folder is written as %LOCALAPPDATA%, and another place by its
; short name, which Windows makes of ASCII letters.

!define COMMAND_FILE "$LOCALAPPDATA\Microsoft\WindowsApps\hopscope.cmd"

; Writes COMMAND_FILE, for the program below $INSTDIR.
!macro writeCommandFile
  Push $0 ; the folder, as the file has it
  Push $1 ; how long the account's folder is; then which letter is looked at
  Push $2 ; the file
  Push $3 ; a letter
  Push $4 ; where the path goes on
  StrLen $1 "$LOCALAPPDATA\"
  StrCpy $2 $INSTDIR $1
  ${if} $2 == "$LOCALAPPDATA\"
    IntOp $1 $1 - 1
    StrCpy $4 $INSTDIR "" $1
    StrCpy $0 "%LOCALAPPDATA%"
  ${else}
    GetFullPathName /SHORT $4 $INSTDIR
    StrCpy $0 ""
  ${endIf}
  ; In a file of cmd a % of a name is written twice.
  StrCpy $1 0
  ${do}
    StrCpy $3 $4 1 $1
    ${if} $3 == "%"
      StrCpy $3 "%%"
    ${elseIf} $3 == ""
      ${exitDo}
    ${endIf}
    StrCpy $0 "$0$3"
    IntOp $1 $1 + 1
  ${loop}
  CreateDirectory "$LOCALAPPDATA\Microsoft\WindowsApps"
  FileOpen $2 "${COMMAND_FILE}" w
  FileWrite $2 '@"$0\resources\command\hopscope.cmd" %*$\r$\n'
  FileClose $2
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
!macroend

!macro customInstall
  ${if} $installMode == "CurrentUser"
    !insertmacro writeCommandFile
  ${endIf}
!macroend

!macro customUnInstall
  ${if} $installMode == "CurrentUser"
    Delete "${COMMAND_FILE}"
  ${endIf}
!macroend
