/** What the operating system's service manager is told: ready, alive, stopping. */
@NullMarked
package org.outpost.server.service;

import org.jspecify.annotations.NullMarked;
