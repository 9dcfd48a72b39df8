@NullMarked
package org.outpost.access.token;

import org.jspecify.annotations.NullMarked;
