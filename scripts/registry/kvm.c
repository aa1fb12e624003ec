#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <linux/kvm.h>
static char mine[65536];
static int fake(void){int fd=memfd_create("kvm",0); if(fd>=0)mine[fd]=1; ftruncate(fd,1<<20); return fd;}
static int any_open(const char*sym,const char*p,int fl,int mode){
	if(!strcmp(p,"/dev/kvm")) return fake();
	int(*f)(const char*,int,...)=dlsym(RTLD_NEXT,sym); return f(p,fl,mode);}
#define O(n) int n(const char*p,int fl,...){va_list a;va_start(a,fl);int m=va_arg(a,int);va_end(a);return any_open(#n,p,fl,m);}
O(open) O(open64)
int __open_2(const char*p,int fl){return any_open("open",p,fl,0);}
int __open64_2(const char*p,int fl){return any_open("open",p,fl,0);}
int ioctl(int fd,unsigned long req,...){
	va_list a;va_start(a,req);void*arg=va_arg(a,void*);va_end(a);
	int(*f)(int,unsigned long,...)=dlsym(RTLD_NEXT,"ioctl");
	if(fd<0||!mine[fd])return f(fd,req,arg);
	if(getenv("SHIM_TRACE"))fprintf(stderr,"ioctl %lx %lx\n",req,(long)arg);
	switch(req){
	case KVM_GET_API_VERSION:return 12;
	case KVM_GET_VCPU_MMAP_SIZE:return 12288;
	case KVM_CREATE_VM: case KVM_CREATE_VCPU:return fake();
	case KVM_CHECK_EXTENSION:
		switch((long)arg){
		case KVM_CAP_NR_MEMSLOTS:return 509;case KVM_CAP_NR_VCPUS:case KVM_CAP_MAX_VCPUS:case KVM_CAP_MAX_VCPU_ID: return 255;
		case KVM_CAP_XSAVE2:return 4096;
		case KVM_CAP_MCE:return 32;
		case 235:return 1;
		case KVM_CAP_COALESCED_MMIO:return 0; case KVM_CAP_DIRTY_LOG_RING:case KVM_CAP_DIRTY_LOG_RING_ACQ_REL:return 0;
		case KVM_CAP_XEN_HVM: case 234: case 233: case 231:return 0;
		default:return 1;}
	case KVM_GET_SUPPORTED_CPUID:{struct kvm_cpuid2*c=arg;c->nent=0;return 0;}
	case KVM_GET_MSR_INDEX_LIST:case KVM_GET_MSR_FEATURE_INDEX_LIST:{struct kvm_msr_list*l=arg;if(l->nmsrs<1){l->nmsrs=1;errno=E2BIG;return -1;}l->nmsrs=1;l->indices[0]=0x8b;return 0;}
	case KVM_GET_MSRS:{struct kvm_msrs*m=arg;for(unsigned i=0;i<m->nmsrs;i++)m->entries[i].data=0;return m->nmsrs;}
	default:return 0;}
}
