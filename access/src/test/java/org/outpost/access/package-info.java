@NullMarked
package org.outpost.access;

import org.jspecify.annotations.NullMarked;
