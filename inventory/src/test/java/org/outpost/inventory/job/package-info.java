/** Jobs against a database and against fakes that the test moves by hand. */
@NullMarked
package org.outpost.inventory.job;

import org.jspecify.annotations.NullMarked;
