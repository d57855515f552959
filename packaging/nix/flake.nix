# Untried on NixOS. It needs a nixpkgs that has Swift 6.2 or later. From a clone:
#   nix build 'git+file:.?dir=packaging/nix'
# Then, in a configuration: environment.systemPackages and systemd.packages get this package, and an account
# enables rituald.socket and rituald.service, or all of them rituald.path (docs/service.md).
{
  description = "Reminders of a couple's rituals of connection";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    # The versions of Package.swift.
    swift-argument-parser = {
      url = "github:apple/swift-argument-parser/1.8.2";
      flake = false;
    };
    swift-collections = {
      url = "github:apple/swift-collections/1.6.0";
      flake = false;
    };
    swift-log = {
      url = "github:apple/swift-log/1.16.2";
      flake = false;
    };
  };

  outputs = { self, nixpkgs, swift-argument-parser, swift-collections, swift-log }:
    let
      lib = nixpkgs.lib;
      systems = [ "x86_64-linux" "aarch64-linux" ];
      version = builtins.head (builtins.match ".*ritualVersion = \"([^\"]+)\".*"
        (builtins.readFile ../../Sources/Control/Version.swift));
      ritual = pkgs:
        let swift = pkgs.swiftPackages.swift;
        in assert lib.versionAtLeast swift.version "6.2";
        pkgs.swiftPackages.stdenv.mkDerivation {
          pname = "ritual";
          inherit version;
          src = ../..;
          nativeBuildInputs = [ swift pkgs.swiftPackages.swiftpm pkgs.lld pkgs.pkg-config ];
          buildInputs = [ pkgs.sqlite pkgs.systemd pkgs.tomlplusplus ];
          # A folder vendor/ takes the place of the network, as in the archive of `make dist`.
          postPatch = ''
            patchShebangs scripts packaging/install-files systemd/prepare
            mkdir vendor
            cp -r ${swift-argument-parser} vendor/swift-argument-parser
            cp -r ${swift-collections} vendor/swift-collections
            cp -r ${swift-log} vendor/swift-log
            chmod -R u+w vendor
          '';
          # Nix's sandbox is one already, in which SwiftPM can make none.
          makeFlags = [ "NEED=no" "SWIFT_FLAGS=--disable-sandbox" "PREFIX=${placeholder "out"}" ];
          buildFlags = [ "release" ];
          # `make release` strips the programs in a way that is the same from every folder.
          dontStrip = true;
          meta = {
            description = "Reminders of a couple's rituals of connection";
            license = lib.licenses.mit;
            mainProgram = "ritualctl";
            platforms = systems;
          };
        };
    in {
      packages = lib.genAttrs systems (system: { default = ritual nixpkgs.legacyPackages.${system}; });
    };
}
