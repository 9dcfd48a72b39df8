@NullMarked
package org.outpost.server.image;

import org.jspecify.annotations.NullMarked;
