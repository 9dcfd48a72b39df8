/** Network isolation: System Defense filters and policies. */
@NullMarked
package org.outpost.amt.operation.defense;

import org.jspecify.annotations.NullMarked;
