/** The demo with programs that stand in for server and simulator. */
@NullMarked
package org.outpost.server.demo;

import org.jspecify.annotations.NullMarked;
