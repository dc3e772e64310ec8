# Writes raw Ethernet frames, one a line of standard input: INTERFACE <space> FRAME in hexadecimal. Needs NET_RAW. An empty
# line asks how many there were so far.
#
#   perl -e "$(cat frames.pl)" < frames
use strict;
use warnings;
use Socket;

my ($AF_PACKET, $ETH_P_ALL) = (17, 0x0003);
socket my $raw, $AF_PACKET, SOCK_RAW, 0 or die "no raw socket: $!\n";
my $sent = 0;
$| = 1;
while (<STDIN>) {
  my ($interface, $hex) = split or print("sent $sent\n"), next;
  open my $file, '<', "/sys/class/net/$interface/ifindex" or die "no interface $interface: $!\n";
  chomp(my $index = <$file>);
  # struct sockaddr_ll: family, protocol, interface, hardware type, packet type, address length, address
  my $to = pack 'S n i S C C a8', $AF_PACKET, $ETH_P_ALL, $index, 1, 0, 6, pack 'H12', $hex;
  defined send $raw, pack('H*', $hex), 0, $to or die "frame not sent on $interface: $!\n";
  $sent++;
}
