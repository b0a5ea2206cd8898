{
  # The one list of files per operating system. A backend defines every function that src/core declares.
  'variables': {
    'napi_include%': "<!(node -p \"require('node:path').resolve(require('node-addon-api').include_dir)\")",
    'core': [
      'src/core/error_name.cpp',
      'src/core/record_queue.cpp',
    ],
    'posix': [
      'src/posix/clocks.cpp',
      'src/posix/file_descriptor.cpp',
      'src/posix/network_interfaces.cpp',
      'src/posix/numeric_address.cpp',
      'src/posix/receive_loop.cpp',
    ],
    'linux': [
      'src/linux/ancillary_data.cpp',
      'src/linux/batch_sender.cpp',
      'src/linux/epoll_poller.cpp',
      'src/linux/linux_icmp_socket.cpp',
      'src/linux/message_batch.cpp',
      'src/linux/packet_filter.cpp',
      'src/linux/platform.cpp',
      'src/linux/socket_opening.cpp',
      'src/linux/socket_reader.cpp',
      'src/linux/timestamping.cpp',
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
        }, {
          'sources': ['<@(unsupported)'],
        }],
      ],
    },
  ],
}
