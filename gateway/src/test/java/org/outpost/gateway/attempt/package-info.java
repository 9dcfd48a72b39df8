@NullMarked
package org.outpost.gateway.attempt;

import org.jspecify.annotations.NullMarked;
