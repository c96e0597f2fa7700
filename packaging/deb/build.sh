#!/usr/bin/env bash
# build.sh WHEEL FOLDER
#
# Makes nasfe-cam_VERSION_ARCHITECTURE.deb in FOLDER from the wheel: our programs and
# all Python libraries below /usr/lib/nasfe-cam, for Debian's own Python ($SYSTEM_PYTHON,
# /usr/bin/python3). $PYTHON, .venv/bin/python, has the extra "packaging".
# $COMPRESSION is zstd's level, 9; 19 takes minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
wheel=$(realpath "$1")
folder=$(realpath "$2")
python=$(realpath -s "${PYTHON:-$root/.venv/bin/python}")
system_python=${SYSTEM_PYTHON:-/usr/bin/python3}
umask 022
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$wheel")}

rm -f "$folder"/nasfe-cam_*.deb
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
home=/usr/lib/nasfe-cam
documents=$tree/usr/share/doc/nasfe-cam
mkdir -p "$tree/usr/lib" "$documents"

"$python" "$root/packaging/bundle/make_bundle.py" "$wheel" "$tree$home" --python "$system_python"
"$python" "$root/packaging/bundle/licences.py" "$tree$home" "$documents/THIRD-PARTY-LICENCES.txt"
"$(dirname "$python")/cyclonedx-py" environment --output-reproducible --pyproject "$root/pyproject.toml" \
    -o "$documents/nasfe-cam.cdx.json" "$tree$home/bin/python3"

# The environment at the place where it will be.
install -d "$tree/usr/bin"
for program in nasfe-cam nasfe-cam-ui; do
    sed "1s|.*|#!$home/bin/python3 -P|" "$tree$home/bin/$program" >"$tree/usr/bin/$program"
    chmod 755 "$tree/usr/bin/$program"
done
series=$("$system_python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
next_series=${series%.*}.$((${series#*.} + 1))
rm -rf "$tree$home"/{bin,include,share,lib64}
install -d "$tree$home/bin"
ln -s "../../../bin/python$series" "$tree$home/bin/python3"
printf 'home = /usr/bin\ninclude-system-site-packages = false\n' >"$tree$home/pyvenv.cfg"
find "$tree$home" -type f -name '*.so*' -exec chmod 644 {} +

# What the desktop, systemd and Debian want to know.
version=$("$python" -c 'import sys; print(sys.argv[1].split("-")[1])' "$(basename "$wheel")")-1~python$series
architecture=$(dpkg --print-architecture)
fill() {
    sed -e "s/@VERSION@/$2/; s/@ARCHITECTURE@/$architecture/; s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" \
        -e "s/@PYTHON@/$series/; s/@NEXT_PYTHON@/$next_series/" \
        -e "s/@SIZE@/$(du -sk "$tree" | cut -f1)/" "$here/files/$1" |
        sed -z 's/,\n /, /g'  # a dependency list is one line
}
share=$tree/usr/share
install -Dm644 "$here/files/nasfe-cam-ui.desktop" -t "$share/applications"
install -Dm644 "$here/files/nasfe-cam.service" -t "$tree/usr/lib/systemd/user"
install -Dm644 "$here/files/lintian-overrides" "$share/lintian/overrides/nasfe-cam"
install -Dm644 "$here"/files/*.1 -t "$share/man/man1"
install -Dm644 "$here/files/copyright" -t "$documents"
install -d "$share/metainfo" "$tree/DEBIAN"
fill io.nasfe_cam.window.metainfo.xml "${version%%-*}" >"$share/metainfo/io.nasfe_cam.window.metainfo.xml"
PYTHONPATH=$root QT_QPA_PLATFORM=offscreen "$python" "$root/packaging/icons.py" "$share/icons/hicolor"
cp "$root/CHANGELOG.md" "$documents/changelog"
cat >"$documents/changelog.Debian" <<END
nasfe-cam ($version) unstable; urgency=medium

  * The changes are those of changelog.gz.

 -- NASFE Camera maintainers <maintainers@nasfe-cam.invalid>  $(date -uR -d "@$SOURCE_DATE_EPOCH")
END
gzip -9n "$documents"/{changelog,changelog.Debian,THIRD-PARTY-LICENCES.txt,nasfe-cam.cdx.json} "$share"/man/man1/*.1
install -m755 "$here"/files/{postinst,prerm,postrm} "$tree/DEBIAN"
fill control "$version" >"$tree/DEBIAN/control"
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -newermt "@$SOURCE_DATE_EPOCH" -exec touch --no-dereference -d "@$SOURCE_DATE_EPOCH" {} +

dpkg-deb --root-owner-group -Zzstd -z"${COMPRESSION:-9}" --build "$tree" \
    "$folder/nasfe-cam_${version}_$architecture.deb" >&2
echo "$folder/nasfe-cam_${version}_$architecture.deb"
