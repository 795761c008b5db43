# 약관봇. `make run` 과 `make test` 만 알면 됩니다. 고칠 때는 `make check`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
READY := .venv/.installed

.PHONY: install run check lint index test arrows walk faults kill same bench load screenshots test-model format lock licences sbom clean

install: $(READY)  ## .venv 를 만들고 잠금 파일대로 설치

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 이상이 필요합니다." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	touch $@

run: install  ## http://127.0.0.1:7860 에서 시작. 색인이 없으면 만드는 몇 분 동안 낱말로만 답하기
	$(BIN)/python app.py

check: lint  ## 빠른 확인(1분): ruff, mypy, import-linter, 브라우저·모델·PostgreSQL 없이 빠른 시험
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile -m quick

lint: install  ## 서식, ruff, mypy --strict, import-linter
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

index: install  ## 색인이 없거나 낡았으면 만들기
	$(BIN)/python -m index build

test: install  ## 서식, ruff, mypy --strict, import-linter, pytest(코어마다 하나씩)
	@$(MAKE) --no-print-directory --jobs 2 lint index
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

arrows: install  ## 방과 화살표: 모듈, 꾸러미, 그 사이의 import, 고리를 세기
	$(BIN)/python tests/support/architecture.py

walk: install  ## 질문 하나가 들어가는 파일을 차례대로
	$(BIN)/python tests/support/walk.py

faults: install  ## 디스크의 부름을 하나씩 실패시키며 색인·기록·대표 질문이 온전한지 보기(한 시간쯤; STEP=10이면 열에 하나, 6분쯤)
	PYTHONPATH=.:tests $(BIN)/python -W ignore tests/support/fault_runs.py $(or $(STEP),1)

kill: install  ## 하는 일마다 아무 때나 kill -9로 60번 죽이고 다음 프로세스가 온전한지 보기(15분쯤; COUNT=10이면 3분쯤)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=.:tests $(BIN)/python -W ignore tests/support/kill_runs.py $(or $(COUNT),60)

same: install  ## 대화 1,000개를 모든 길(대화 화면, API, MCP, 명령)로 물어 답이 같은지 보기(6분쯤)
	PYTHONPATH=.:tests $(BIN)/python -W ignore tests/support/same_run.py

bench: install  ## 속도와 메모리를 재기
	PYTHONPATH=.:tests $(BIN)/python tests/support/benchmark.py

load: install  ## 많은 손님이 한꺼번에 물을 때를 재기: 50명, 250명(한 번에 30초, 모두 2분쯤)
	PYTHONPATH=.:tests $(BIN)/python tests/support/load.py

screenshots: install  ## 화면 그림을 var/screenshots 에 만들기
	PYTHONPATH=.:tests $(BIN)/python tests/support/screenshots.py

test-model: install  ## 작은 언어 모델(0.5B)을 내려받아 띄우고 질문 열 개에 답하게 하여 검증하기
	$(BIN)/python -m pip install --quiet --no-deps xllamacpp==2026.10.11549
	OMP_NUM_THREADS=1 PYTHONPATH=.:tests $(BIN)/python tests/support/model_run.py data/eval/dev.jsonl 10

format: install  ## 서식 맞추기
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: install  ## pyproject.toml 에서 잠금 파일을 다시 만들기
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra dev --extra docx --extra hwpx --extra model --extra pdf --strip-extras --no-header --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
	sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' requirements.lock
	$(BIN)/python tests/support/licences.py

licences: install  ## 의존성의 라이선스를 docs/licences.md 에 쓰기
	$(BIN)/python tests/support/licences.py

sbom: install  ## 구성 요소의 목록(CycloneDX)을 var/sbom.json 에 쓰기. 도구는 따로 설치해 쓰고 지움
	rm -rf var/sbom-tool
	$(PYTHON) -m venv var/sbom-tool
	var/sbom-tool/bin/python -m pip install --quiet cyclonedx-bom==7.5.0
	var/sbom-tool/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file var/sbom.json $(BIN)/python
	rm -rf var/sbom-tool

clean:  ## 설치한 것과 만든 것을 지우기 (약관과 대표 질문은 그대로)
	rm -rf .venv var .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
