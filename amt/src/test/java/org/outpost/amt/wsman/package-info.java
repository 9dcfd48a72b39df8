@NullMarked
package org.outpost.amt.wsman;

import org.jspecify.annotations.NullMarked;
