/** The devices that are known, as the API shows and changes them. */
@NullMarked
package org.outpost.server.web.device;

import org.jspecify.annotations.NullMarked;
