@NullMarked
package org.outpost.server.web.image;

import org.jspecify.annotations.NullMarked;
