/** Who may do what with which device. */
@NullMarked
package org.outpost.access;

import org.jspecify.annotations.NullMarked;
