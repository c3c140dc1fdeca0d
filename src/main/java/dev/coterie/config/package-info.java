/** Every setting, read once at start and checked once, with all problems reported together. */
package dev.coterie.config;
