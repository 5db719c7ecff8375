/* app/socket.h — a writing command while a server holds the store: the server runs it.
 *
 * One process writes an SQLite file. `linli load` beside a running `linli serve` therefore hands its words and its three
 * standard streams to the server over PATH.sock (mode 0600, same user checked), which runs the very same command on its
 * own store and sends back the exit code.
 */
#pragma once
#include "app/command.h"
#include "app/world.h"

struct socket_server;

/* Serve forwarded commands on @path with @lent as their world. ERR_IO with a sentence. */
int socket_serve(const char *path, struct world *lent, struct socket_server **ret, struct err *err);
void socket_stop(struct socket_server *); /* waits for the command that runs; NULL is fine */

/* When a server listens for this command's store: run it there, *ret_exit is its exit code, and true. */
bool socket_forward(struct args *, int argc, char **argv, int *ret_exit);

/* PATH.sock for "sqlite:PATH"; false for other stores. */
bool socket_path(const char *url, char *out, size_t n);
