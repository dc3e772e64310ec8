# Answers this container's name to whoever connects to port 9000 or 9001.
use strict;
use warnings;
use IO::Socket::INET;

my ($name) = @ARGV;
my $port = fork ? 9000 : 9001;
my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 16, ReuseAddr => 1) or die "port $port: $@";
while (my $client = $server->accept) {
    print {$client} "$name\n";
}
