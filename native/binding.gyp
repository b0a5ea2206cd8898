{
  # The one list of files per operating system. A backend defines every function that src/core declares.
  'variables': {
    'napi_include%': "<!(node -p \"require('node:path').resolve(require('node-addon-api').include_dir)\")",
    'core': [
      'src/core/error_name.cpp',
      'src/core/record_inbox.cpp',
      'src/core/record_queue.cpp',
      'src/core/send_batch.cpp',
    ],
    'posix': [
      'src/posix/file_descriptor.cpp',
      'src/posix/network_interfaces.cpp',
      'src/posix/numeric_address.cpp',
      'src/posix/receive_loop.cpp',
    ],
    'linux': [
      'src/linux/ancillary_data.cpp',
      'src/linux/batch_sender.cpp',
      'src/linux/clocks.cpp',
      'src/linux/epoll_poller.cpp',
      'src/linux/linux_icmp_socket.cpp',
      'src/linux/message_batch.cpp',
      'src/linux/packet_filter.cpp',
      'src/linux/platform.cpp',
      'src/linux/socket_opening.cpp',
      'src/linux/socket_reader.cpp',
      'src/linux/timestamping.cpp',
    ],
    'darwin': [
      'src/darwin/batch_sender.cpp',
      'src/darwin/clocks.cpp',
      'src/darwin/darwin_icmp_socket.cpp',
      'src/darwin/icmp_message.cpp',
      'src/darwin/kqueue_poller.cpp',
      'src/darwin/platform.cpp',
      'src/darwin/socket_opening.cpp',
      'src/darwin/socket_reader.cpp',
    ],
    'windows': [
      'src/windows/clocks.cpp',
      'src/windows/echo_reply.cpp',
      'src/windows/echo_request.cpp',
      'src/windows/echo_status.cpp',
      'src/windows/echo_waiters.cpp',
      'src/windows/platform.cpp',
      'src/windows/source_address.cpp',
      'src/windows/windows_icmp_socket.cpp',
    ],
    'unsupported': [
      'src/unsupported/platform.cpp',
    ],
    'binding': [
      'src/binding/addon.cpp',
      'src/binding/icmp_socket_object.cpp',
      'src/binding/socket_options_from_js.cpp',
      'src/binding/system_errors.cpp',
      'src/binding/wake_call.cpp',
    ],
  },
  'targets': [
    {
      'target_name': 'hopscope',
      'sources': ['<@(core)', '<@(binding)'],
      'include_dirs': ['src'],
      'defines': [
        'NAPI_VERSION=9',
        # All of them: a C++ exception of ours or of the library becomes a JavaScript one instead of ending the process.
        'NODE_ADDON_API_CPP_EXCEPTIONS_ALL',
        'NODE_ADDON_API_DISABLE_DEPRECATED',
        # In a worker that is being terminated errors cannot be thrown; without this, trying to ends the process.
        'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
        'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED',
      ],
      'cflags!': ['-fno-exceptions'],
      'cflags_cc!': ['-fno-exceptions', '-std=gnu++17', '-std=gnu++20'],
      'cflags_cc': [
        '-std=c++20',
        '-fexceptions',
        '-Wall',
        '-Wextra',
        '-Wpedantic',
        # The headers of Node and node-addon-api are not ours to judge.
        '-isystem', '<(napi_include)',
        '-isystem', '<(node_root_dir)/include/node',
      ],
      'xcode_settings': {
        'CLANG_CXX_LANGUAGE_STANDARD': 'c++20',
        'CLANG_CXX_LIBRARY': 'libc++',
        'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
        'MACOSX_DEPLOYMENT_TARGET': '13.0',
        'OTHER_CPLUSPLUSFLAGS': ['-Wall', '-Wextra', '-Wpedantic', '-isystem', '<(napi_include)'],
      },
      'msvs_settings': {
        'VCCLCompilerTool': {
          'ExceptionHandling': 1,
          'AdditionalOptions': ['/std:c++20', '/W4', '/external:I<(napi_include)', '/external:W0'],
        },
      },
      'conditions': [
        ['OS=="linux"', {
          'sources': ['<@(posix)', '<@(linux)'],
        }],
        ['OS=="mac"', {
          'sources': ['<@(posix)', '<@(darwin)'],
        }],
        ['OS=="win"', {
          'sources': ['<@(windows)'],
          # Windows 10, the oldest that Electron runs on.
          'defines': ['_WIN32_WINNT=0x0A00', 'WIN32_LEAN_AND_MEAN', 'NOMINMAX'],
          'libraries': ['iphlpapi.lib', 'ws2_32.lib'],
        }],
        ['OS!="linux" and OS!="mac" and OS!="win"', {
          'sources': ['<@(unsupported)'],
        }],
      ],
    },
  ],
}
