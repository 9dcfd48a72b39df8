package org.outpost.simulator.redirection.kvm;

import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.OperatingSystem;

import java.util.List;

/**
 * What the PC's display shows: nothing while it is off, the text screen of its firmware in 640 ×
 * 480, and a desktop with things that move and can be clicked and typed at in 1024 × 768 while its
 * system runs.
 */
final class Desktop {
    private static final int FIRMWARE_WIDTH = 640;
    private static final int FIRMWARE_HEIGHT = 480;
    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final int BLACK = 0;
    private static final int WHITE = 0xFFFFFF;
    private static final int INK = 0x202020;
    private static final int FACE = 0xD0D0D0;
    private static final int LINE = 14;
    private static final int BALL = 24;
    private static final int LONGEST_TEXT = 60;
    private static final int[] BACKGROUNDS = {0x204060, 0x205030, 0x503050, 0x604020};

    /** Where the button that counts is. */
    static final Button COUNTER = new Button(40, 640, 160, 32);

    /** Where the button that changes the colour is. */
    static final Button COLOUR = new Button(220, 640, 160, 32);

    private final Machine machine;
    private final StringBuilder typed = new StringBuilder();
    private Canvas canvas;
    private Canvas next;
    private int step;
    private int clicks;
    private int background;
    private int pointerX = WIDTH / 2;
    private int pointerY = HEIGHT / 2;
    private boolean pressed;

    /** An area that can be clicked. */
    record Button(int x, int y, int width, int height) {
        boolean contains(int px, int py) {
            return px >= x && px < x + width && py >= y && py < y + height;
        }
    }

    Desktop(Machine machine) {
        this.machine = machine;
        this.canvas = new Canvas(FIRMWARE_WIDTH, FIRMWARE_HEIGHT);
        this.next = new Canvas(FIRMWARE_WIDTH, FIRMWARE_HEIGHT);
        draw();
    }

    Canvas canvas() {
        return canvas;
    }

    /** How often the counting button was clicked. */
    int clicks() {
        return clicks;
    }

    /** What was typed in the line that is open. */
    String typed() {
        return typed.toString();
    }

    /** Moves what moves. */
    void tick() {
        step++;
        draw();
    }

    /** A key went down that stands for a character, or for Enter or Backspace. */
    void type(int keysym) {
        switch (keysym) {
            case Keysym.BACKSPACE -> typed.setLength(Math.max(0, typed.length() - 1));
            case Keysym.ENTER -> typed.setLength(0);
            default -> {
                if (keysym >= ' ' && keysym <= '~' && typed.length() < LONGEST_TEXT) {
                    typed.append((char) keysym);
                }
            }
        }
        draw();
    }

    /** The mouse is there, its left button down or not. */
    void point(int x, int y, boolean down) {
        pointerX = Math.clamp(x, 0, canvas.width() - 1);
        pointerY = Math.clamp(y, 0, canvas.height() - 1);
        if (down && !pressed && runs()) {
            if (COUNTER.contains(x, y)) {
                clicks++;
            } else if (COLOUR.contains(x, y)) {
                background = (background + 1) % BACKGROUNDS.length;
            }
        }
        pressed = down;
        draw();
    }

    private boolean runs() {
        return machine.power().isOn() && machine.os() == OperatingSystem.RUNNING;
    }

    /** Draws everything; only tiles that come out differently count as changed. */
    void draw() {
        int width = runs() ? WIDTH : FIRMWARE_WIDTH;
        int height = runs() ? HEIGHT : FIRMWARE_HEIGHT;
        if (canvas.width() != width) {
            canvas = new Canvas(width, height);
            next = new Canvas(width, height);
            pointerX = Math.min(pointerX, width - 1);
            pointerY = Math.min(pointerY, height - 1);
        }
        next.fill(0, 0, width, height, BLACK);
        if (!machine.power().isOn()) {
            next.text(width / 2 - 40, height / 2, "No display", 0x606060, BLACK);
        } else if (runs()) {
            desktop(next);
        } else {
            lines(next, machine.screen().lines(), 8, 8, FACE, BLACK);
        }
        notice(next);
        if (machine.power().isOn()) {
            pointer(next);
        }
        canvas.become(next);
    }

    private void desktop(Canvas to) {
        to.fill(0, 0, WIDTH, HEIGHT, BACKGROUNDS[background]);
        to.fill(0, 0, WIDTH, 24, 0x101820);
        to.text(12, 6, machine.name() + "   Intel AMT KVM", WHITE, 0x101820);
        to.text(WIDTH - 100, 6, "tick " + step, WHITE, 0x101820);
        to.fill(40, 60, 660, 380, FACE);
        to.fill(40, 60, 660, 20, 0x405060);
        to.text(48, 64, "Console", WHITE, 0x405060);
        lines(to, machine.screen().lines(), 48, 88, INK, FACE);
        to.fill(40, 480, 660, 40, WHITE);
        to.text(48, 494, "> " + typed + "_", INK, WHITE);
        button(to, COUNTER, "Clicks: " + clicks);
        button(to, COLOUR, "Next colour");
        int path = WIDTH - 300 - BALL;
        int there = step * 8 % (2 * path);
        int ball = 150 + (there < path ? there : 2 * path - there);
        to.fill(ball, 560, BALL, BALL, 0xFFB000);
    }

    private static void button(Canvas to, Button button, String label) {
        to.fill(button.x(), button.y(), button.width(), button.height(), INK);
        to.fill(button.x() + 1, button.y() + 1, button.width() - 2, button.height() - 2, FACE);
        to.text(button.x() + 16, button.y() + 10, label, INK, FACE);
    }

    private static void lines(Canvas to, List<String> text, int x, int y, int ink, int paper) {
        int row = y;
        for (String line : text) {
            to.text(x, row, line, ink, paper);
            row += LINE;
        }
    }

    /** The sprite with the consent code lies over everything, also over a dark screen. */
    private void notice(Canvas to) {
        String text = machine.screen().notice();
        if (!text.isEmpty()) {
            int width = text.length() * BitmapFont.WIDTH + 32;
            int x = (to.width() - width) / 2;
            to.fill(x, 32, width, 40, 0xA00000);
            to.text(x + 16, 46, text, WHITE, 0xA00000);
        }
    }

    private void pointer(Canvas to) {
        for (int row = 0; row < 14; row++) {
            to.fill(pointerX, pointerY + row, Math.min(row, 14 - row) + 1, 1, WHITE);
            to.set(pointerX, pointerY + row, BLACK);
        }
    }
}
