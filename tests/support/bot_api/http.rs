//! The HTTP side: finds the method, applies what was injected, answers as Telegram does.

use std::{io, sync::Arc, time::Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State as Extract},
    http::{StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use super::{
    Shared, TOKEN,
    errors::{Answer, Refused},
    faults::Fault,
    listener::{Listener, Shears},
    methods::{self, Method},
    params::Params,
    state::Call,
};

/// The longest request that is read.
const BODY_BYTES_MAX: usize = 60 << 20;

/// Listens on `port` (0: a free one) in a runtime of its own, which stops everything when it is dropped.
pub(super) fn serve(shared: &Arc<Shared>, port: u16) -> io::Result<(Runtime, u16)> {
    let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("bot-api").enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", port)))?;
    let port = listener.local_addr()?.port();
    let router = Router::new().fallback(answer).with_state(Arc::clone(shared));
    runtime.spawn(async move {
        let _ = axum::serve(Listener(listener), router.into_make_service_with_connect_info::<Shears>()).await;
    });
    runtime.spawn(super::webhook::deliver(Arc::clone(shared)));
    Ok((runtime, port))
}

async fn answer(Extract(shared): Extract<Arc<Shared>>, ConnectInfo(shears): ConnectInfo<Shears>, request: Request) -> Response {
    let (method, params) = match read(request).await {
        Ok(read) => read,
        Err(refused) => return respond(refused.code, &refused.body()),
    };
    let (call, fault) = begin(&shared, method.name, &params);
    match fault {
        None => {}
        Some(Fault::TooMany { retry_after_s }) => return end(&shared, call, Err(Refused::too_many(retry_after_s))),
        Some(Fault::Refuse { code, description }) => {
            let refused = Refused { code, description, retry_after: None, migrate_to: None };
            return end(&shared, call, Err(refused));
        }
        Some(Fault::BadGateway) => return page(&shared, call),
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Drop) => shears.cut(),
        Some(Fault::LoseAnswer) => {
            let _ = work(&shared, method, &params).await;
            shears.cut();
        }
    }
    let answer = match fault_cut(&fault) {
        true => Ok(Value::Null),
        false => work(&shared, method, &params).await,
    };
    end(&shared, call, answer)
}

/// Whether the answer will not be read, so that there is nothing (more) to do.
fn fault_cut(fault: &Option<Fault>) -> bool {
    matches!(fault, Some(Fault::Drop | Fault::LoseAnswer))
}

/// The method and the parameters of a request to `/bot<token>/<method>`.
async fn read(request: Request) -> Result<(Method, Params), Refused> {
    let (head, body) = request.into_parts();
    let mut path = head.uri.path().trim_start_matches('/').splitn(2, '/');
    let token = path.next().and_then(|first| first.strip_prefix("bot")).ok_or_else(Refused::not_found)?;
    if token != TOKEN {
        return Err(Refused::unauthorized());
    }
    let method = methods::find(path.next().unwrap_or_default()).ok_or_else(Refused::not_found)?;
    let content_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Refused::bad("request is too big"))?;
    Ok((method, Params::read(head.uri.query(), content_type, &body)?))
}

/// Remembers the call and takes the fault that was injected for it.
fn begin(shared: &Shared, method: &'static str, params: &Params) -> (Option<usize>, Option<Fault>) {
    let mut state = shared.lock();
    *state.counts.entry(method).or_default() += 1;
    let call = state.log.then(|| {
        let params = Value::Object(params.values.clone());
        state.calls.push(Call { method, at: Instant::now(), params, status: None, error: None });
        state.calls.len() - 1
    });
    let fault = state.take_fault(method, params.number("chat_id"));
    (call, fault)
}

async fn work(shared: &Shared, method: Method, params: &Params) -> Answer {
    match method.work {
        methods::Work::Updates => methods::updates::get(shared, params).await,
        methods::Work::Now(work) => {
            let answer = work(&mut shared.lock(), params);
            if method.wakes {
                shared.updates.notify_waiters();
            }
            answer
        }
    }
}

fn end(shared: &Shared, call: Option<usize>, answer: Answer) -> Response {
    let (code, body) = match answer {
        Ok(result) => (200, json!({"ok": true, "result": result})),
        Err(refused) => (refused.code, refused.body()),
    };
    note(shared, call, code, body["description"].as_str());
    respond(code, &body)
}

/// What a proxy in between says, which is no JSON.
fn page(shared: &Shared, call: Option<usize>) -> Response {
    note(shared, call, 502, Some("a page of a proxy"));
    let mut response = Response::new(Body::from("<html><head><title>502 Bad Gateway</title></head></html>"));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}

fn note(shared: &Shared, call: Option<usize>, code: u16, error: Option<&str>) {
    let mut state = shared.lock();
    if let Some(call) = call.and_then(|n| state.calls.get_mut(n)) {
        call.status = Some(code);
        call.error = error.map(str::to_owned);
    }
}

fn respond(code: u16, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}
