/** The demo: a server and simulated devices as child processes, and what to try with them. */
@NullMarked
package org.outpost.server.demo;

import org.jspecify.annotations.NullMarked;
