/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a CPU starts, as the BIOS of a machine: from real mode at the end of 4 GiB
 * to guest_main() in flat 32-bit mode. Nothing of the image can be written to, for it is ROM.
 */
#define CODE 0x08
#define DATA 0x10
#define STACK 0x00080000
#define PE 1

	.section .text.start, "ax"
	.code16
image:
start16:
	cli
	/* %cs has its base from the reset, with this image behind it. */
	lgdtl	%cs:(gdt_pointer - image)
	movl	%cr0, %eax
	orl	$PE, %eax
	movl	%eax, %cr0
	ljmpl	$CODE, $start32

	.code32
start32:
	movw	$DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	$STACK, %esp
	call	guest_main

	.p2align 3
gdt:
	.quad	0
	.quad	0x00cf9b000000ffff
	.quad	0x00cf93000000ffff
gdt_pointer:
	.word	. - gdt - 1
	.long	gdt

	.section .reset, "ax"
	.code16
	jmp	start16
	.p2align 4, 0x90

	.section .note.GNU-stack, "", @progbits
