/** The settings that count, as the API shows them. */
@NullMarked
package org.outpost.server.web.setting;

import org.jspecify.annotations.NullMarked;
