/** The APF messages as immutable records, one per type of apf.md section 2. */
@NullMarked
package org.outpost.apf.message;

import org.jspecify.annotations.NullMarked;
