/** How an APF session starts, stays alive and ends, in both roles. */
@NullMarked
package org.outpost.apf.session;

import org.jspecify.annotations.NullMarked;
