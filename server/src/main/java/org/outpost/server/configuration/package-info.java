/** What an operator decides: the settings, their defaults and what must fit together. */
@NullMarked
package org.outpost.server.configuration;

import org.jspecify.annotations.NullMarked;
