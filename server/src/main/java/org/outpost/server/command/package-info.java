/**
 * The {@code outpost} command: what its subcommands ask of a running server and how they show it.
 */
@NullMarked
package org.outpost.server.command;

import org.jspecify.annotations.NullMarked;
