/** Tests. */
@NullMarked
package org.outpost.gateway.channel;

import org.jspecify.annotations.NullMarked;
