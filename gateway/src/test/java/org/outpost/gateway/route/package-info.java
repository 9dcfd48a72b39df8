@NullMarked
package org.outpost.gateway.route;

import org.jspecify.annotations.NullMarked;
