# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What every script of this directory shares: the cache, how to fail, and how
# to get Debian packages. Source it; it runs nothing.

# HOME is unset in some build environments.
CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/kvmcaps

# Exit status 2 stays apart from 1, which tests use for "the answer is no".
die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 2
}

note() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# A package that is only half installed, or removed with its configuration
# kept, counts as missing.
missing_pkgs() {
	local installed pkg

	installed=$(dpkg-query -W -f '${Package}=${Status}\n' "$@" 2>/dev/null) ||:
	for pkg; do
		[[ $'\n'$installed$'\n' == *$'\n'"$pkg=install ok installed"$'\n'* ]] ||
			printf '%s\n' "$pkg"
	done
}

# Without lists apt knows no package; with stale ones, packages that are gone.
apt_lists_empty() {
	! compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null
}

apt_update() {
	apt-get -q update
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 install "$@"
}

install_logged() {
	if apt_lists_empty; then
		apt_update || return
	else
		apt_install "$@" && return
		apt_update || return
	fi
	apt_install "$@"
}

# need_pkgs PKG...: installs those that are missing. apt's output matters only
# when it fails.
need_pkgs() {
	local log=$CACHE/apt.log missing

	mapfile -t missing < <(missing_pkgs "$@")
	((${#missing[@]})) || return 0
	[[ $(id -u) == 0 ]] || die "as root, install: ${missing[*]}"

	mkdir -p "$CACHE"
	(
		flock 9
		# Whoever held the lock may have installed them by now.
		[[ $(missing_pkgs "${missing[@]}") ]] || exit 0
		install_logged "${missing[@]}" >"$log" 2>&1 </dev/null 9>&- && exit 0
		cat "$log" >&2
		exit 1
	) 9>"$CACHE/apt.lock" || die "cannot install: ${missing[*]}"
}

# kernel_of [SERIES]: where a kernel is, for eval: the newest stock one of a series,
# or a kernel of scripts/debug-kernel under its name there.
# shellcheck disable=SC2154 # here is the caller's
kernel_of() {
	case ${1-} in
	kasan* | kcsan*) "$here/debug-kernel" "$1" ;;
	*) "$here/kernel" ${1:+"$1"} ;;
	esac
}

# use_kernel SERIES: sets kdir to that kernel, or to the default one without.
# shellcheck disable=SC2154,SC2034 # here and kdir are the caller's
use_kernel() {
	local found

	found=$(kernel_of "$1")
	eval "$found"
	kdir=${KDIR:?}
}

# unfit_models SERIES: a pattern of those CPUs of Bochs on which a series' kernel
# dies early, for no reason that is known.
unfit_models() {
	case $1 in
	6.1) echo 'sapphire_rapids|arrow_lake|tigerlake|corei7_icelake_u' ;;
	*) echo none ;;
	esac
}

# use_series SERIES: sets module, too, to the kvmcaps.ko that is built for that
# kernel here and now, or to what "make module" has built.
# shellcheck disable=SC2154,SC2034 # here, top and module are the caller's
use_series() {
	local out

	use_kernel "$1"
	module=$top/kvmcaps.ko
	[[ $1 ]] || return 0
	out=$("$here/module" "$1" 2>&1) || { printf '%s\n' "$out" >&2; die "no module for $1"; }
	module=$top/build/$1/kvmcaps.ko
}

# watch_payload DIR: where the kernel can look for leaks, the payload there has an
# end in which it does.
# shellcheck disable=SC2154 # kdir and top are the caller's
watch_payload() {
	[[ -e $kdir/heavy ]] || return 0
	mv "$1/run" "$1/watched"
	cp "$top/tests/vm/watch" "$1/run"
}

# private_apt DIR COMMAND ARG...: apt with lists and sources of its own, in DIR,
# so that the machine's stay as they are.
private_apt() {
	local dir=$1 command=$2
	shift 2
	"$command" -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$dir/sources" \
		-o Dir::State::Lists="$dir/lists" -o Dir::Cache="$dir/apt" \
		-o APT::Sandbox::User=root "$@"
}

# The machine's own, without a slash at its end.
debian_mirror() {
	local mirror

	! apt_lists_empty || apt_update >&2 || return
	# shellcheck disable=SC2016 # the format is apt's
	mirror=$(apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)|$(CODENAME)' |
		sed -n 's/|Debian|bookworm$//p' | sort -u | head -n 1)
	[[ $mirror ]] || return 1
	printf '%s\n' "${mirror%/}"
}

# write_sources DIR SUITE TYPE...: the sources of private_apt. The suite is on
# the machine's own mirror, under the machine's own keys.
write_sources() {
	local dir=$1 suite=$2 mirror
	shift 2

	mirror=$(debian_mirror) || return
	mkdir -p "$dir"/{sources,lists/partial,apt/archives/partial}
	cat >"$dir/sources/debian.sources" <<-END
	Types: $*
	URIs: $mirror
	Suites: $suite
	Components: main
	Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	END
}

# Kernels, and apt's lists of the suites they come from. Raise the number when
# what an entry holds changes.
KERNELS=$CACHE/kernels-1

# kernel_suite SERIES: the suite of its kernels; empty if it is the machine's own.
kernel_suite() {
	case $1 in
	6.1 | 6.1.* | 6.12 | 6.12.*) ;;
	*) printf 'trixie-backports\n' ;;
	esac
}

# kernel_apt SERIES COMMAND ARG...: of apt, which then knows that suite.
kernel_apt() {
	local suite
	suite=$(kernel_suite "$1")
	if [[ $suite ]]; then
		private_apt "$KERNELS/$suite" "${@:2}"
	else
		"$2" -q -o APT::Sandbox::User=root "${@:3}"
	fi
}

kernel_apt_update() { # SERIES
	local suite
	suite=$(kernel_suite "$1")
	if [[ $suite ]]; then
		write_sources "$KERNELS/$suite" "$suite" deb &&
			private_apt "$KERNELS/$suite" apt-get update
	else
		[[ $(id -u) == 0 ]] && apt_update
	fi
}
