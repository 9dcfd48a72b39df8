@NullMarked
package org.outpost.server.report;

import org.jspecify.annotations.NullMarked;
