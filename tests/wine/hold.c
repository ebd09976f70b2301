/*
 * hold MODE: a program that holds ports, for tests of who is found to hold them. Prints what it holds, one line each
 * (`socket PROTOCOL FAMILY STATE PORT`), then `ready PID`, and takes orders, one line each, from standard input until that ends.
 *
 *   hold sockets   300 sockets of all kinds. Order `rebind`: closes each and binds its port again, answers `rebound COUNT of
 *                  COUNT`, the second number being the ports that nobody could bind before: where that is 0, the first says
 *                  nothing. Order `packets`: answers `packets COUNT`, which came to the completion port that the bound TCP
 *                  sockets belong to; nobody but this program may cause any, and it causes none.
 *   hold leave     binds 20 sockets, starts `hold keep` that inherits them, and ends: nobody is left who opened them.
 *   hold keep      only waits.
 *                  Ports are in the dynamic range of Windows, which that of Wine's host only overlaps.
 *   hold change    no socket. Order `bind OPENED CLOSED`: closes so many TCP ports of those it has bound, the oldest first, and binds
 *                  so many others; answers `bound COUNT`, how many it holds then.
 *   hold block     one thread waits in a synchronous read of a pipe, another in recv of a socket that is not overlapped.
 */
#include <stdio.h>
#include <string.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

/* Far enough apart that the modes do not meet. */
enum { PORTS_OF_SOCKETS = 50000, PORTS_OF_LEAVE = 52000, PORTS_OF_BLOCK = 53000, PORTS_OF_CHANGE = 54000 };
enum { BOUND = 50, LISTENING = 20, CONNECTED = 20, DATAGRAM = 40, INHERITED = 20, MAX_SOCKETS = 400 };

struct held {
    SOCKET socket;
    int family;
    int type;
    const char *state;
    unsigned short port;
};

static struct held held[MAX_SOCKETS];
static int held_count;
static unsigned short next_port;

static void fail(const char *call)
{
    printf("failed %s %d\n", call, WSAGetLastError());
    fflush(stdout);
    ExitProcess(1);
}

static int make_address(struct sockaddr_storage *address, int family, unsigned short port, BOOL loopback)
{
    memset(address, 0, sizeof *address);
    address->ss_family = (short)family;
    if (family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)address;
        in->sin_port = htons(port);
        in->sin_addr.s_addr = htonl(loopback ? INADDR_LOOPBACK : INADDR_ANY);
        return sizeof *in;
    }
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)address;
    in6->sin6_port = htons(port);
    if (loopback)
        in6->sin6_addr.s6_addr[15] = 1;
    return sizeof *in6;
}

static SOCKET bind_new(int family, int type, unsigned short port)
{
    struct sockaddr_storage address;
    int length = make_address(&address, family, port, FALSE);
    SOCKET s = socket(family, type, 0);
    if (s == INVALID_SOCKET)
        return s;
    if (bind(s, (struct sockaddr *)&address, length)) {
        int error = WSAGetLastError();
        closesocket(s);
        WSASetLastError(error);
        return INVALID_SOCKET;
    }
    return s;
}

static SOCKET bind_next(int family, int type)
{
    SOCKET s;
    do
        s = bind_new(family, type, next_port++);
    while (s == INVALID_SOCKET && WSAGetLastError() == WSAEADDRINUSE);
    return s;
}

static unsigned short port_of(SOCKET s)
{
    struct sockaddr_storage address;
    int length = sizeof address;
    if (getsockname(s, (struct sockaddr *)&address, &length))
        fail("getsockname");
    /* The port stands at the same place in both families. */
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

static struct held *keep(SOCKET s, int family, int type, const char *state)
{
    struct held *entry = &held[held_count++];
    if (s == INVALID_SOCKET)
        fail(state);
    *entry = (struct held){ s, family, type, state, port_of(s) };
    printf("socket %s %s %s %u\n", type == SOCK_STREAM ? "tcp" : "udp", family == AF_INET ? "ipv4" : "ipv6", state, entry->port);
    return entry;
}

/* A client that has bound its port before, as ConnectEx asks for, and the socket that the listener gets for it. */
static void keep_pair(struct held *listener)
{
    struct sockaddr_storage address;
    int length = make_address(&address, listener->family, listener->port, TRUE);
    struct linger abort_at_close = { 1, 0 };
    struct held *client = keep(bind_next(listener->family, SOCK_STREAM), listener->family, SOCK_STREAM, "connected");
    if (connect(client->socket, (struct sockaddr *)&address, length))
        fail("connect");
    /* Without this the port would stay in TIME_WAIT and could not be bound again at once. */
    setsockopt(client->socket, SOL_SOCKET, SO_LINGER, (const char *)&abort_at_close, sizeof abort_at_close);
    keep(accept(listener->socket, NULL, NULL), listener->family, SOCK_STREAM, "accepted");
}

static HANDLE hold_family(int family, HANDLE completions)
{
    struct held *listener = NULL;
    for (int i = 0; i < BOUND; i++) {
        struct held *bound = keep(bind_next(family, SOCK_STREAM), family, SOCK_STREAM, "bound");
        completions = CreateIoCompletionPort((HANDLE)bound->socket, completions, 1, 0);
    }
    for (int i = 0; i < LISTENING; i++) {
        listener = keep(bind_next(family, SOCK_STREAM), family, SOCK_STREAM, "listening");
        if (listen(listener->socket, CONNECTED))
            fail("listen");
    }
    for (int i = 0; i < CONNECTED; i++)
        keep_pair(listener);
    for (int i = 0; i < DATAGRAM; i++)
        keep(bind_next(family, SOCK_DGRAM), family, SOCK_DGRAM, "bound");
    return completions;
}

static int is_taken(struct held *entry)
{
    SOCKET second = bind_new(entry->family, entry->type, entry->port);
    if (second == INVALID_SOCKET)
        return 1;
    closesocket(second);
    return 0;
}

static void rebind(void)
{
    int rebound = 0;
    int taken = 0;
    for (int i = 0; i < held_count; i++)
        taken += strcmp(held[i].state, "accepted") != 0 && is_taken(&held[i]);
    for (int i = 0; i < held_count; i++)
        closesocket(held[i].socket);
    for (int i = 0; i < held_count; i++) {
        struct held *entry = &held[i];
        if (strcmp(entry->state, "accepted") == 0)
            continue;
        entry->socket = bind_new(entry->family, entry->type, entry->port);
        if (entry->socket == INVALID_SOCKET)
            printf("not rebound %u %d\n", entry->port, WSAGetLastError());
        else
            rebound++;
    }
    printf("rebound %d of %d\n", rebound, taken);
}

static void count_packets(HANDLE completions)
{
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *overlapped;
    int packets = 0;
    while (GetQueuedCompletionStatus(completions, &bytes, &key, &overlapped, 0) || overlapped)
        packets++;
    printf("packets %d\n", packets);
}

static void leave(const char *program)
{
    char command[1024];
    STARTUPINFOA startup = { .cb = sizeof startup };
    PROCESS_INFORMATION process;
    next_port = PORTS_OF_LEAVE;
    for (int i = 0; i < INHERITED; i++) {
        int family = i % 2 ? AF_INET : AF_INET6;
        int type = i % 4 < 2 ? SOCK_STREAM : SOCK_DGRAM;
        keep(bind_next(family, type), family, type, "bound");
    }
    fflush(stdout);
    snprintf(command, sizeof command, "\"%s\" keep", program);
    if (!CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        fail("CreateProcess");
    ExitProcess(0);
}

static void bind_others(int opened, int closed)
{
    if (closed > held_count || held_count - closed + opened > MAX_SOCKETS)
        fail("bind: count");
    for (int i = 0; i < closed; i++)
        closesocket(held[i].socket);
    held_count -= closed;
    memmove(held, held + closed, held_count * sizeof *held);
    for (int i = 0; i < opened; i++) {
        SOCKET s = bind_next(AF_INET, SOCK_STREAM);
        if (s == INVALID_SOCKET)
            fail("bind");
        held[held_count++] = (struct held){ s, AF_INET, SOCK_STREAM, "bound", port_of(s) };
    }
    printf("bound %d\n", held_count);
}

static DWORD WINAPI read_pipe(void *unused)
{
    HANDLE reader, writer;
    char byte;
    DWORD count;
    (void)unused;
    if (CreatePipe(&reader, &writer, NULL, 0))
        ReadFile(reader, &byte, 1, &count, NULL);
    return 0;
}

static DWORD WINAPI receive(void *socket)
{
    char byte;
    recv((SOCKET)socket, &byte, 1, 0);
    return 0;
}

static void block(void)
{
    struct sockaddr_storage address;
    int length = make_address(&address, AF_INET, PORTS_OF_BLOCK, FALSE);
    SOCKET s = WSASocketW(AF_INET, SOCK_DGRAM, 0, NULL, 0, 0);
    if (bind(s, (struct sockaddr *)&address, length))
        fail("bind");
    keep(s, AF_INET, SOCK_DGRAM, "bound");
    CreateThread(NULL, 0, read_pipe, NULL, 0, NULL);
    CreateThread(NULL, 0, receive, (void *)s, 0, NULL);
    /* Until both wait. Nothing tells when a thread has begun to. */
    Sleep(300);
}

int main(int count, char **arguments)
{
    const char *mode = count > 1 ? arguments[1] : "";
    HANDLE completions = NULL;
    WSADATA data;
    char order[64];
    int opened, closed;

    if (WSAStartup(MAKEWORD(2, 2), &data))
        return 1;
    next_port = PORTS_OF_SOCKETS;
    if (strcmp(mode, "sockets") == 0)
        completions = hold_family(AF_INET6, hold_family(AF_INET, NULL));
    else if (strcmp(mode, "leave") == 0)
        leave(arguments[0]);
    else if (strcmp(mode, "block") == 0)
        block();
    else if (strcmp(mode, "change") == 0)
        next_port = PORTS_OF_CHANGE;
    else if (strcmp(mode, "keep") != 0)
        return 2;
    printf("ready %lu\n", GetCurrentProcessId());
    fflush(stdout);
    while (fgets(order, sizeof order, stdin)) {
        if (strncmp(order, "rebind", 6) == 0)
            rebind();
        else if (strncmp(order, "packets", 7) == 0)
            count_packets(completions);
        else if (sscanf(order, "bind %d %d", &opened, &closed) == 2)
            bind_others(opened, closed);
        fflush(stdout);
    }
    ExitProcess(0);
}
