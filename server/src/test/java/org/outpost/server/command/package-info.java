/** How the commands that ask a server look to people and programs. */
@NullMarked
package org.outpost.server.command;

import org.jspecify.annotations.NullMarked;
