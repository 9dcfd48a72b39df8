/** The REST API, piece by piece. */
@NullMarked
package org.outpost.server.web;

import org.jspecify.annotations.NullMarked;
