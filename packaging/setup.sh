# Sourced by ./run and ./test: finds what is missing on this machine and sets it up, in `prepare`.
# What the station does once it starts does not belong here. Exit code 3: the machine lacks something.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
venv=$root/.venv
use_apt=yes
missing=() # Debian packages to install …
because=() # … and for each the line that says why

say() { # CHINESE ENGLISH [LINE…]
    printf '%s\n' "$@" >&2
}

fail() { # CHINESE ENGLISH [LINE…]
    say "$@"
    exit 3
}

# The first Python that the lock has wheels for.
find_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
            python=$candidate
            return
        fi
    done
    fail "需要 Python 3.11 到 3.14。Debian 12、Ubuntu 24.04 或更新的系统：sudo apt install python3" \
        "Python 3.11 to 3.14 is needed. Debian 12, Ubuntu 24.04 or newer: sudo apt install python3"
}

# PySide6 6.10 and later are built for these versions of glibc; pip would only say "no matching distribution".
check_system() {
    local glibc needed
    case $(uname -sm) in
        'Linux x86_64') needed=2.34 ;; # Debian 12, Ubuntu 22.04
        'Linux aarch64') needed=2.39 ;; # Debian 13, Ubuntu 24.04
        *) fail "还不支持这种电脑：$(uname -sm)" "Not supported yet: $(uname -sm)" ;;
    esac
    glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || glibc='no glibc'
    if ! printf '%s\n' "$needed" "${glibc#glibc }" | sort --version-sort --check=quiet; then
        fail "系统太旧：界面需要 glibc $needed，这里是 $glibc。Debian 13、Ubuntu 24.04 可以用。" \
            "This system is too old: the window needs glibc $needed, here is $glibc. Debian 13 and Ubuntu 24.04 will do."
    fi
}

miss() { # WHAT DEBIAN-PACKAGE PURPOSE
    missing+=("$2")
    because+=("$(printf '  %-24s %-24s %s' "$1" "$2" "$3")")
}

find_missing_venv() {
    "$python" -c 'import ensurepip' 2>/dev/null ||
        miss ensurepip "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" \
            'installing the Python parts'
}

# Asks the loader's cache by soname, because package names differ between systems. Its lines read
# "libGL.so.1 (libc6,x86-64) => /path"; the architecture keeps a 32-bit library from counting.
find_missing_libraries() { # LIST
    local list=${1:-libraries.txt} architecture=x86-64 soname package purpose
    [ "$(uname -m)" = aarch64 ] && architecture=AArch64
    while read -r soname package purpose; do
        miss "$soname" "$package" "$purpose"
    done < <(awk -v here="(libc6,$architecture" \
        'NR == FNR { if (index($0, here)) known[$1]; next } NF && !/^#/ && !($1 in known)' \
        <(PATH=$PATH:/usr/sbin:/sbin ldconfig -p) "$root/packaging/$list")
}

find_missing_tools() {
    local command package purpose
    while read -r command package purpose; do
        [[ ${command:-#} = '#' ]] || command -v "$command" >/dev/null || miss "$command" "$package" "$purpose"
    done <"$root/packaging/test-tools.txt"
}

install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    local install=(apt-get install --yes --no-install-recommends "${missing[@]}") as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    local command=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}")
    say "这台电脑还缺少这些（名称、软件包、用途）：" "This machine lacks (name, package, purpose):" "${because[@]}"
    if ! command -v apt-get >/dev/null; then
        fail "这里没有 apt-get，请先用系统自己的方法安装。" \
            "There is no apt-get here. Please install them in this system's own way first."
    fi
    if [ $use_apt = no ] || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
        fail "请用管理员身份运行：" "Please run as administrator:" "  ${install[*]}"
    fi
    say "现在安装（可能会问管理员密码）：" "Installing now (the administrator's password may be asked for):" \
        "  ${command[*]}"
    # Once, before anything else: a volunteer's account may not, and the network is not to blame for that.
    [ ${#as_root[@]} = 0 ] || sudo true ||
        fail "这个账号没有管理员权限，或者密码不对。请管理员运行下面这行，再运行一次 ${0##*/}：" \
            "This account is no administrator's, or the password was wrong. Let an administrator run this line, then run ${0##*/} again:" \
            "  ${install[*]}"
    # A broken third-party source makes `update` fail although ours are fine: `install` is the judge.
    "${as_root[@]}" apt-get update || say "软件源更新不完整，继续。" "Not all package lists were updated; going on."
    "${command[@]}" || fail "安装没有成功，请检查网络后再试。" "The installation failed. Check the network and try again."
}

# True when the environment was finished from one of these locks and its Python still runs.
is_ready() { # LOCK…
    local lock
    for lock; do
        if cmp --silent "$root/$lock" "$venv/installed.lock"; then
            "$venv/bin/python" -c '' 2>/dev/null
            return
        fi
    done
    return 1
}

# `unfinished` is there from the first step to the last: an install that was cut off starts afresh next time.
make_environment() { # LOCK
    say "正在准备运行环境，第一次大约要一两分钟 …" "Preparing the environment; the first time takes a minute or two …"
    if [ -e "$venv/unfinished" ] || ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        rm -rf "$venv"
    fi
    mkdir -p "$venv"
    touch "$venv/unfinished"
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    if ! "$venv/bin/python" -m pip --disable-pip-version-check install --no-input \
        --only-binary :all: --require-hashes --requirement "$root/$1"; then
        fail "没有下载完整。请检查网络，或用 PIP_INDEX_URL 设置镜像（见 README.zh.md），再运行一次。" \
            "The download failed. Check the network, or set a mirror with PIP_INDEX_URL (see README.md), then try again."
    fi
    sync # the stamp must not reach the disk before what it vouches for
    cp "$root/$1" "$venv/installed.lock"
    rm "$venv/unfinished"
}

# Makes the machine ready. The first lock is installed when the environment holds none of those given.
prepare() { # LOCK…
    find_missing_libraries
    if is_ready "$@"; then
        install_missing
        return
    fi
    find_python
    check_system
    find_missing_venv
    install_missing
    # Two starts at once: the second waits on the project's directory, then finds the work done.
    (
        flock 9
        is_ready "$@" || make_environment "$1"
    ) 9<"$root"
}
