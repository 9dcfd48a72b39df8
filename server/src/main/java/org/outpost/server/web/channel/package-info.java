/** The channels to devices, as the API shows and ends them. */
@NullMarked
package org.outpost.server.web.channel;

import org.jspecify.annotations.NullMarked;
