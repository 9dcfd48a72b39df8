/**
 * The PC around the firmware and what the firmware does to it: power, operating system, boot,
 * screen, user consent, redirection sessions. Everything of one device happens on one event loop.
 */
@NullMarked
package org.outpost.simulator.machine;

import org.jspecify.annotations.NullMarked;
