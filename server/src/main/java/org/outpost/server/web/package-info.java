/** The REST API and the management door. */
@NullMarked
package org.outpost.server.web;

import org.jspecify.annotations.NullMarked;
