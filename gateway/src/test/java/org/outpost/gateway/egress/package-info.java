@NullMarked
package org.outpost.gateway.egress;

import org.jspecify.annotations.NullMarked;
