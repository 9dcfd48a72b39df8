@NullMarked
package org.outpost.amt.xml;

import org.jspecify.annotations.NullMarked;
