/** Tests. */
@NullMarked
package org.outpost.server.web.setting;

import org.jspecify.annotations.NullMarked;
