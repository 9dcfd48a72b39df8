/** Notifications, put together from the configuration: the log of events and its subscribers. */
@NullMarked
package org.outpost.server.notification;

import org.jspecify.annotations.NullMarked;
