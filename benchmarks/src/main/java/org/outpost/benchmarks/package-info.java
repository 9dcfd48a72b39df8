/** What the data plane costs. */
@NullMarked
package org.outpost.benchmarks;

import org.jspecify.annotations.NullMarked;
