@NullMarked
package org.outpost.server.why;

import org.jspecify.annotations.NullMarked;
