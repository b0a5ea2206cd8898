#pragma once

// In this order: winsock2.h before anything that brings windows.h, and winternl.h before icmpapi.h, whose prototypes
// name PIO_APC_ROUTINE only when it is there.
#include <winsock2.h>

#include <ws2tcpip.h>

#include <winternl.h>
#define PIO_APC_ROUTINE_DEFINED

#include <iphlpapi.h>
#include <netioapi.h>

#include <icmpapi.h>
