@NullMarked
package org.outpost.amt.wsman.http;

import org.jspecify.annotations.NullMarked;
