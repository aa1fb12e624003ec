/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A BIOS that sends what CPUID says of caches to port 0xE9 of QEMU's debugcon,
 * four registers of four bytes for each leaf and index, and ends the machine.
 */
	.code16
	.globl _start
_start:
	mov $leaves, %si
1:	mov %cs:(%si), %eax
	mov %cs:4(%si), %ecx
	cpuid
	push %edx
	push %ecx
	push %ebx
	push %eax
	mov $4, %di
2:	pop %eax
	mov $4, %cl
3:	outb %al, $0xe9
	shr $8, %eax
	dec %cl
	jnz 3b
	dec %di
	jnz 2b
	add $8, %si
	cmp $end, %si
	jne 1b
	outb %al, $0xf4
4:	hlt
	jmp 4b

leaves:	.long 0x8000001d, 0
	.long 0x8000001d, 1
	.long 0x8000001d, 2
	.long 0x8000001d, 3
	.long 0x80000005, 0
	.long 0x80000006, 0
end:
	.org 0xfff0
	jmp _start
	.org 0x10000
