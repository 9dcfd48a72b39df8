/** Tests. */
@NullMarked
package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.NullMarked;
