package dev.coterie;

public final class Coterie {
    private Coterie() {}

    public static void main(String[] args) {
        System.out.println("x");
    }
}
