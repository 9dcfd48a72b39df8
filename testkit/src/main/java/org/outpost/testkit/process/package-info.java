/** Programs in their own processes: the packaged server, its configuration, tools such as curl. */
@NullMarked
package org.outpost.testkit.process;

import org.jspecify.annotations.NullMarked;
