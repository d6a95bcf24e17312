//! Connections that can be cut from within, so that the answer to a request is lost after its work was done.

use std::{
    io,
    os::fd::AsFd,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// Cuts one connection: nothing is written to it any more, and the other side sees its end.
#[derive(Clone, Debug)]
pub(crate) struct Shears {
    cut: Arc<AtomicBool>,
    /// A second handle of the socket, to end it while the server still holds the first.
    socket: Option<Arc<std::net::TcpStream>>,
}

impl Shears {
    fn of(tcp: &TcpStream) -> Self {
        let socket = tcp.as_fd().try_clone_to_owned().ok().map(|twin| Arc::new(std::net::TcpStream::from(twin)));
        Self { cut: Arc::default(), socket }
    }

    /// Cuts.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        if let Some(socket) = &self.socket {
            let _ = socket.shutdown(std::net::Shutdown::Both);
        }
    }
}

impl Connected<IncomingStream<'_, Listener>> for Shears {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().shears.clone()
    }
}

/// Listens on the loopback.
pub(crate) struct Listener(pub(crate) TcpListener);

/// One connection.
pub(crate) struct Stream {
    tcp: TcpStream,
    shears: Shears,
}

impl axum::serve::Listener for Listener {
    type Io = Stream;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Stream, Self::Addr) {
        loop {
            match self.0.accept().await {
                Ok((tcp, from)) => {
                    // Without it small answers wait for the other side's acknowledgement.
                    let _ = tcp.set_nodelay(true);
                    let shears = Shears::of(&tcp);
                    return (Stream { tcp, shears }, from);
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Stream {
    fn whole(&self) -> io::Result<()> {
        if self.shears.cut.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.whole()?;
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.whole()?;
        Pin::new(&mut self.tcp).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
